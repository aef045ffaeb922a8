import { PYTHON5, testConnector } from "../kit/python.ts";

await testConnector(PYTHON5);
