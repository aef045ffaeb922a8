/**
 * Finds the fields of statement nodes that the grammar fills and nobody reads: a clause that parses would be ignored in silence. A
 * field counts as read where code of the binder, the lowering or the server takes it from the node's own type.
 */

import { join, relative } from "node:path";
import ts from "typescript";
import { ROOT } from "./root.ts";

/** Fields that need no reader, or whose reader goes by another type than their node's, by the reason. */
const EXEMPT: Readonly<Record<string, readonly string[]>> = {
  "how it was written, which only the printer repeats": [
    "CallExpression.bare",
    "PathStep(key).quoted",
    "Property.quotedName",
    "PropertyValue(text).dollarQuoted",
    "Query(query).recursive",
    "RoutineBody(text).dollarQuoted",
    "StringLiteral.dollarQuoted",
  ],
  "the whole of it is refused by name": [
    "AlterObjectStatement.class",
    "ClauseArgument(arguments).arguments",
    "ClauseArgument(metrics).metrics",
    "ClauseArgument(query).query",
    "ClauseArgument(signature).types",
    "ClauseArgument(tags).tags",
    "ColumnChange(set_collation).collation",
    "CommonAlteration(set_contacts).contacts",
    "CommonAlteration(unset_contacts).names",
    "CommonAlteration(unset_contacts).purposes",
    "ContactAssignment.contact",
    "ContactAssignment.purpose",
    "CreateObjectStatement.class",
    "DropStatement.class",
    "ExecuteImmediateFromStatement.name",
    "ExecuteImmediateFromStatement.value",
    "Expectation.condition",
    "Expectation.name",
    "FromItem(is_generated | bucket_start).alias",
    "FromItem(metrics | facts | dimensions).members",
    "FromItem(resample).column",
    "FromItem(resample).increment",
    "FromItem(resample).metadata",
    "FromItem(resample).partitionBy",
    "FromItem(resample).source",
    "FromItem(semantic_view).clauses",
    "FromItem(semantic_view).name",
    "FromItem(semantic_view).where",
    "GrantObject.class",
    "GrantScope(to | of | in).package",
    "GrantScope.class",
    "Granted(role).class",
    "Grantee.class",
    "MetricArgument(column).name",
    "MetricArgument(table).columns",
    "MetricArgument(table).table",
    "MetricAttachment.arguments",
    "MetricAttachment.changes",
    "MetricAttachment.name",
    "MetricChange(execute_as).role",
    "MetricChange(expectations).expectations",
    "MetricChange(expectations).verb",
    "MetricChange(option).name",
    "MetricChange(option).set",
    "MetricChange(option).value",
    "MetricChange(unset).name",
    "ModelAlias.model",
    "ModelAlias.version",
    "ObjectName(reference_function).reference",
    "PolicyAttachment.noEntityKey",
    "Query.wait",
    "SemanticMember.alias",
    "SemanticMember.expression",
    "ShowStatement(show).options",
    "ShowStatement(show).run",
  ],
  "SHOW of kinds that cannot be made here has no rows": ["ShowStatement(show).of"],
  "read as a part that several statements share": [
    "ClauseArgument(options).properties",
    "ClauseArgument(texts | words).texts",
    "ColumnChange(set_tags).tags",
    "ColumnChange(unset_tags).tags",
    "CreateViewStatement(create_view).policies",
    "CreateViewStatement(create_view).tags",
    "DescribeStatement.name",
    "FromItem.alias",
    "FromItem.value",
    "Query.nulls",
    "Select(select).into",
    "SelectItem(star).modifiers",
    "SelectItem(star).qualifier",
    "ShowGrantsStatement.from",
    "ShowGrantsStatement.rows",
    "TableAlteration(add_policy).policy",
    "TableAlteration(drop_policy).policy",
    "TableAlteration(drop_policy).policyKind",
    "TableAlteration(drop_policy).replacement",
    "TableBody.policies",
    "TableBody.tags",
    "TableIndex.columns",
    "TableIndex.include",
    "TableIndex.name",
    "ViewAlteration(add_policy).policy",
    "ViewAlteration(drop_policy).policy",
    "ViewAlteration(drop_policy).policyKind",
    "ViewAlteration(drop_policy).replacement",
  ],
};

/** Where nodes are declared; what reads them there only prints or walks. */
const GRAMMAR = /^translator\/(statements|ast|parse)\//;
const READERS = /^(translator|server)\//;
const TEST = /\.test(-helpers)?\.ts$|test-kit/;
/** Places and sorts of nodes, which the tree is made of. */
const STRUCTURE: ReadonlySet<string> = new Set(["kind", "span", "sort"]);

type Fields = ReadonlyMap<ts.Node, string>;

function programOf(): ts.Program {
  const file = join(ROOT, "tsconfig.json");
  const { config } = ts.readConfigFile(file, (path) => ts.sys.readFile(path));
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  return ts.createProgram(fileNames, options);
}

function pathOf(source: ts.SourceFile): string {
  return relative(ROOT, source.fileName).replaceAll("\\", "/");
}

/** The fields of the types that `Statement` is made of, as `Type(kind).field`. */
function statementFields(program: ts.Program, checker: ts.TypeChecker): Fields {
  const fields = new Map<ts.Node, string>();
  const seen = new Set<ts.Node>();
  const enter = (declaration: ts.TypeAliasDeclaration): void => {
    if (seen.has(declaration) || !GRAMMAR.test(pathOf(declaration.getSourceFile()))) return;
    seen.add(declaration);
    const visit = (node: ts.Node): void => {
      if (ts.isPropertySignature(node)) {
        const field = node.name.getText();
        const owner = `${declaration.name.text}${kindOf(node.parent)}`;
        if (!STRUCTURE.has(field)) fields.set(node, `${owner}.${field}`);
      }
      if (ts.isTypeReferenceNode(node)) for (const to of aliasesOf(node, checker)) enter(to);
      ts.forEachChild(node, visit);
    };
    visit(declaration.type);
  };
  for (const source of program.getSourceFiles()) {
    if (pathOf(source) !== "translator/statements/statement.ts") continue;
    source.forEachChild((node) => {
      if (ts.isTypeAliasDeclaration(node) && node.name.text === "Statement") enter(node);
    });
  }
  return fields;
}

/** Which member of a union a field is of, where its members say so: `(table)`. */
function kindOf(members: ts.Node): string {
  if (!ts.isTypeLiteralNode(members)) return "";
  const kind = members.members.find(
    (member) => ts.isPropertySignature(member) && member.name.getText() === "kind",
  );
  const type = kind !== undefined && ts.isPropertySignature(kind) ? kind.type : undefined;
  const words = type?.getText().replaceAll('"', "") ?? "";
  // A long list of kinds says no more than the type's own name.
  return words === "" || words.includes("\n") ? "" : `(${words})`;
}

function aliasesOf(node: ts.TypeReferenceNode, checker: ts.TypeChecker): ts.TypeAliasDeclaration[] {
  const found = checker.getSymbolAtLocation(node.typeName);
  const isImport = found !== undefined && (found.flags & ts.SymbolFlags.Alias) !== 0;
  const symbol = isImport ? checker.getAliasedSymbol(found) : found;
  return (symbol?.declarations ?? []).filter(ts.isTypeAliasDeclaration);
}

/** The declarations of all properties that the readers take from an object. */
function readDeclarations(program: ts.Program, checker: ts.TypeChecker): ReadonlySet<ts.Node> {
  const read = new Set<ts.Node>();
  const mark = (symbol: ts.Symbol | undefined): void => {
    if (symbol === undefined) return;
    for (const each of [symbol, ...checker.getRootSymbols(symbol)]) {
      for (const declaration of each.declarations ?? []) read.add(declaration);
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) mark(checker.getSymbolAtLocation(node.name));
    if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
      const type = checker.getTypeAtLocation(node.parent);
      const name = (node.propertyName ?? node.name).getText();
      for (const part of type.isUnion() ? type.types : [type]) mark(part.getProperty(name));
    }
    ts.forEachChild(node, visit);
  };
  for (const source of program.getSourceFiles()) {
    const path = pathOf(source);
    if (READERS.test(path) && !GRAMMAR.test(path) && !TEST.test(path)) visit(source);
  }
  return read;
}

function main(): void {
  const program = programOf();
  const checker = program.getTypeChecker();
  const fields = statementFields(program, checker);
  const read = readDeclarations(program, checker);
  const unread = new Set([...fields].filter(([node]) => !read.has(node)).map(([, name]) => name));
  const exempt = new Set(Object.values(EXEMPT).flat());
  const silent = [...unread].filter((name) => !exempt.has(name)).sort();
  const stale = [...exempt].filter((name) => !unread.has(name));
  for (const name of silent) process.stdout.write(`nobody reads ${name}\n`);
  for (const name of stale) process.stdout.write(`${name} is read, or is gone: no exemption\n`);
  process.stdout.write(`${fields.size} fields, ${silent.length} unread\n`);
  process.exitCode = fields.size > 0 && silent.length + stale.length === 0 ? 0 : 1;
}

main();
