import { expect, it } from "vitest";
import { Tickets } from "../stages/tickets.ts";
import { transferData } from "./transfer-data.ts";

const UPLOAD = {
  kind: "upload",
  source: "/data/two words.csv",
  stage: "stage:1",
  directory: "in/",
  autoCompress: true,
  overwrite: false,
  sourceCompression: "auto_detect",
  parallel: 4,
} as const;
const DOWNLOAD = {
  kind: "download",
  target: "/back",
  stage: "stage:1",
  directory: "in/",
  paths: ["in/a.csv"],
  parallel: 4,
} as const;

/** Whether a driver is told to use a token, or URLs. */
function way(
  application: string,
  version: string,
  plan: Parameters<typeof transferData>[0],
): string {
  const client = { application, version, environment: {} };
  const tickets = new Tickets(() => 0);
  const data = transferData(plan, { client, origin: "http://localhost:1", tickets });
  const { creds, presignedUrl } = data.stageInfo as Record<string, object | null>;
  if (Object.keys(creds ?? {}).length > 0) return "token";
  return presignedUrl === null && data.presignedUrls === undefined ? "nothing" : "URL";
}

it.each([
  ["JavaScript", "3.3.0", "token", "URL"],
  ["JavaScript", "3.1.0", "token", "URL"],
  ["JavaScript", "3.0.0", "URL", "URL"],
  ["JavaScript", "2.4.3", "URL", "URL"],
  ["PythonConnector", "5.2.0", "token", "token"],
  ["PythonConnector", "4.8.1", "URL", "URL"],
  ["JDBC", "4.4.1", "URL", "URL"],
  ["Go", "1.19.1", "URL", "URL"],
  ["constructor", "9.0", "URL", "URL"],
])("%s %s puts by %s and gets by %s", (application, version, put, get) => {
  expect([way(application, version, UPLOAD), way(application, version, DOWNLOAD)]).toEqual([
    put,
    get,
  ]);
});

it("the Node driver gets a URL for a name that a URL cannot have as it is", () => {
  for (const name of ["a#b.csv", "50%.csv", "what?.csv"]) {
    const plan = { ...UPLOAD, source: `/data#1/${name}` };
    expect(way("JavaScript", "3.3.0", plan)).toBe("URL");
  }
  expect(way("JavaScript", "3.3.0", { ...UPLOAD, source: "/data#1/a.csv" })).toBe("token");
});
