import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FileFormat } from "../file-format.ts";
import type { FormatValues } from "../format-options.ts";
import type { DocumentsRead } from "./documents.ts";
import { readJson } from "./json.ts";
import { readXml } from "./xml.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "mockhaus-documents-test-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

type Read = DocumentsRead & { readonly values: (string | null)[] };

async function read(
  type: "JSON" | "XML",
  content: string | Buffer,
  options: FormatValues = {},
): Promise<Read> {
  const localPath = join(directory, "data");
  writeFileSync(localPath, content);
  const values: (string | null)[] = [];
  const sink = {
    document: (value: string | null) => values.push(value),
    flush: async () => undefined,
  };
  const format = new FileFormat(type, options);
  const file = { name: "data", localPath };
  const done = await (type === "JSON" ? readJson : readXml)(file, format, sink);
  return { ...done, values };
}

const json = async (content: string, options: FormatValues = {}) =>
  (await read("JSON", content, options)).values;

describe("JSON", () => {
  it("has documents on lines, behind one another, or behind commas", async () => {
    expect(await json('{"a":1}\n{"a":2}{"a":[3]},\n{"a":"}"}')).toEqual([
      '{"a":1}',
      '{"a":2}',
      '{"a":[3]}',
      '{"a":"}"}',
    ]);
    expect(await json('1 "x y"\ntrue')).toEqual(["1", '"x y"', "true"]);
    expect(await json("  \n")).toEqual([]);
  });

  it("has an outer array as one document, or its elements as documents", async () => {
    const text = '[{"a":[1,2]},\n {"b":"]"}, 3]';
    expect(await json(text)).toEqual(['[{"a":[1,2]},{"b":"]"},3]']);
    expect(await json(text, { STRIP_OUTER_ARRAY: true })).toEqual([
      '{"a":[1,2]}',
      '{"b":"]"}',
      "3",
    ]);
  });

  it("loses null members and elements when they are stripped", async () => {
    const text = '{"a":null,"b":[1,null],"c":{"d":null}}';
    expect(await json(text, { STRIP_NULL_VALUES: true })).toEqual(['{"b":[1],"c":{}}']);
  });

  it("has the last of several members of one name, where they are allowed", async () => {
    const text = '{"a":1,"a":2}';
    expect(await json(text, { ALLOW_DUPLICATE: true })).toEqual(['{"a":2}']);
    expect((await read("JSON", text)).problem).toMatchObject({ code: "100069" });
  });

  it("has octal numbers where they are enabled", async () => {
    expect(await json('{"a":017,"b":"017","c":0.17}', { ENABLE_OCTAL: true })).toEqual([
      '{"a":15,"b":"017","c":0.17}',
    ]);
  });

  it("ends at the first document that is wrong", async () => {
    const { values, problem, count } = await read("JSON", '{"a":1}\n{"a":}\n{"a":3}');
    expect(values).toEqual(['{"a":1}']);
    expect(count).toBe(2);
    expect(problem).toMatchObject({
      code: "100069",
      sqlState: "22P02",
      line: 2,
      character: 1,
      byteOffset: 8,
      row: 2,
      rejected: '{"a":}',
    });
  });

  it("is UTF-8, or has its other bytes replaced", async () => {
    const content = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xe9]), Buffer.from('"}')]);
    await expect(read("JSON", content)).rejects.toMatchObject({ code: "100144" });
    const { values } = await read("JSON", content, { IGNORE_UTF8_ERRORS: true });
    expect(values).toEqual(['{"a":"\ufffd"}']);
  });

  it("is read in pieces as it is read whole", async () => {
    const documents = Array.from({ length: 50_000 }, (_, i) => `{"id":${i},"text":"[{ü\\"${i}"}`);
    expect(await json(`[${documents.join(" ,\n")}]`, { STRIP_OUTER_ARRAY: true })).toEqual(
      documents,
    );
  });
});

describe("XML", () => {
  const text = '<?xml version="1.0"?>\n<r a=">"><!-- <x> --><e>1</e><e/><e><f>2</f></e></r>\n';

  it("is one document, or the elements below the outer one", async () => {
    expect((await read("XML", text)).values).toHaveLength(1);
    const { values } = await read("XML", text, { STRIP_OUTER_ELEMENT: true });
    expect(values).toHaveLength(3);
    expect(values[0]).toContain('"$":1');
  });

  it("ends with an error when an element does not", async () => {
    const { values, problem } = await read("XML", "<a><b></a>");
    expect(values).toEqual([]);
    expect(problem).toMatchObject({ code: "100100", row: 1 });
  });
});
