/** The reference page of the options, docs/configuration.md, made from the table. */

import {
  defaultText,
  flagOf,
  OPTION_NAMES,
  type OptionName,
  optionEntry,
  variableOf,
} from "./options.ts";

const INTRODUCTION = `# Configuration

This page is made from the table in \`src/config/options.ts\` by \`scripts/generate-docs.ts\`; change it there.

Every option can be given in three ways. A flag wins over a variable, a variable over the file, the file over the default.

* a flag of the command: \`mockhaus start --port 9000\`
* an environment variable: \`MOCKHAUS_PORT=9000\`. With \`_FILE\` behind its name a variable names a file that has the value, as
  Docker secrets want it: \`MOCKHAUS_PASSWORD_FILE=/run/secrets/password\`
* a key in \`mockhaus.toml\`: \`port = 9000\`. The file is looked for in the working directory; \`--config\` or \`MOCKHAUS_CONFIG\` names another

A value that is not allowed, an unknown key and an unknown \`MOCKHAUS_…\` variable are errors; nothing is ignored in silence. The exceptions
are the variables that Kubernetes and Docker set beside a service called \`mockhaus\` (\`MOCKHAUS_SERVICE_HOST\`, \`MOCKHAUS_PORT=tcp://…\`).

One variable is Node's own: \`UV_THREADPOOL_SIZE\`, how many statements DuckDB can run at the same time. The \`mockhaus\` command sets it to 16
unless it is set.
`;

/** The whole page. */
export function configurationPage(): string {
  const rows = OPTION_NAMES.map(
    (name) =>
      `| \`${flagOf(name)}\` | \`${variableOf(name)}\` | ${keyCell(name)} | ${commandsCell(name)} | ${defaultText(name)} |`,
  );
  return [
    INTRODUCTION,
    "| Flag | Variable | Key | Commands | Default |",
    "|---|---|---|---|---|",
    ...rows,
    "",
    ...OPTION_NAMES.map(section),
  ].join("\n");
}

function keyCell(name: OptionName): string {
  return optionEntry(name).inFile === false ? "" : `\`${name}\``;
}

function commandsCell(name: OptionName): string {
  return optionEntry(name)
    .commands.map((command) => `\`${command}\``)
    .join(", ");
}

function section(name: OptionName): string {
  const { description, type } = optionEntry(name);
  return `## ${name}\n\n${description}\n\nValue: ${type.expects}. Default: ${defaultText(name)}.\n`;
}
