import { PYTHON4, testConnector } from "../kit/python.ts";

await testConnector(PYTHON4);
