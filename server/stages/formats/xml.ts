/**
 * Reads XML files: one row for a document, or for each element below the outer one.
 * https://docs.snowflake.com/en/sql-reference/sql/create-file-format (TYPE = XML)
 */

import { snowflakeError } from "../../../translator/base/errors.ts";
import { parseXmlText } from "../../../translator/variant/xml-parse.ts";
import type { FileFormat } from "../file-format.ts";
import { readBytes } from "./bytes.ts";
import { checkedText } from "./checked-text.ts";
import { type DocumentSink, type DocumentsRead, readDocuments } from "./documents.ts";
import type { SourceFile } from "./source-file.ts";
import { XmlSplitter } from "./xml-splitter.ts";

/** @throws 000002 for PRESERVE_SPACE */
export async function readXml(
  file: SourceFile,
  format: FileFormat,
  sink: DocumentSink,
): Promise<DocumentsRead> {
  if (format.flag("PRESERVE_SPACE")) {
    throw snowflakeError("unsupportedFeature", { feature: "PRESERVE_SPACE = TRUE" });
  }
  const bytes = readBytes(file.localPath, file.name, format.text("COMPRESSION") ?? "AUTO");
  const splitter = new XmlSplitter(format.flag("STRIP_OUTER_ELEMENT"));
  const plain = format.flag("DISABLE_AUTO_CONVERT");
  const parse = (text: string) => parseXmlText(text, plain);
  return readDocuments(checkedText(bytes, format), splitter, parse, sink, "XML");
}
