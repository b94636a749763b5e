import type { Call, ModelCheck, NotInstalled, Project } from '../command-adapter.ts';
import { within } from '../reading/directories.ts';

/** Beside the config. */
const file = 'migration_gate_models.py';

/**
 * What `alembic check` does (1.9 and newer), with each operation told apart: the project's own env.py is run with a
 * function that compares its metadata with the database, and its own hook on what was found.
 */
const program = `import json
import os
import sys

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.config import CommandLine
from alembic.operations import ops
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

found = []
declares = False
LACKING = (ops.CreateTableOp, ops.AddColumnOp)


def single(operations):
    for operation in operations:
        if isinstance(operation, ops.OpContainer):
            yield from single(operation.ops)
        else:
            yield operation


def code_of(operation, context):
    try:
        plain = MigrationContext.configure(dialect=context.dialect)
        text = render_python_code(ops.UpgradeOps([operation]), migration_context=plain)
    except Exception:
        return ""
    lines = [line for line in text.splitlines() if not line.strip().startswith("# ###")]
    return "\\n".join(line[4:] if line.startswith("    ") else line for line in lines).strip()


def name_of(operation):
    own = getattr(operation, "column_name", None) or getattr(getattr(operation, "column", None), "name", None)
    other = getattr(operation, "index_name", None) or getattr(operation, "constraint_name", None)
    return own or other


def words_of(operation):
    words = []
    for sign in type(operation).__name__.replace("Op", ""):
        words.append(" " + sign.lower() if sign.isupper() and words else sign)
    table = getattr(operation, "table_name", None)
    name = name_of(operation)
    return "".join(words) + (" " + str(name) if name else "") + (" of " if name else " ") + str(table)


def inspect(revision, context):
    global declares
    metadata = context.opts.get("target_metadata")
    if metadata is None:
        return []
    declares = True
    directives = [produce_migrations(context, metadata)]
    hook = context.opts.get("process_revision_directives")
    if hook:
        hook(context, revision, directives)
    for directive in directives:
        for upgrade in directive.upgrade_ops_list:
            for operation in single(upgrade.ops):
                schema = getattr(operation, "schema", None)
                table = str(getattr(operation, "table_name", "") or "")
                found.append(
                    {
                        "where": schema + "." + table if schema else table,
                        "says": words_of(operation),
                        "code": code_of(operation, context),
                        "lacking": isinstance(operation, LACKING),
                    }
                )
    return []


class Models(CommandLine):
    def run_cmd(self, config, options):
        script = ScriptDirectory.from_config(config)
        with EnvironmentContext(config, script, fn=inspect, as_sql=False, dont_mutate=True):
            script.run_env()


Models(prog="alembic").main(argv=sys.argv[1:] + ["current"])
with open(os.environ["MIGRATION_GATE_ANSWER"], "w") as answer:
    json.dump({"declares": declares, "changes": found, "notChecked": []}, answer)
`;

/** Words of files that say what tables there are. */
const aboutTables =
  /\b(?:sqlalchemy|sqlmodel|SQLModel|mapped_column|Mapped|Column|Table|db\.Model|metadata)\b/;

/**
 * @param call how the project's Python is called, given what it runs
 */
export const alembicModels = (
  call: (project: Project, run: readonly string[]) => Call | NotInstalled,
): ModelCheck => ({
  asked: 'alembic check',
  makes: 'alembic revision --autogenerate',
  needsDatabase: true,
  blindTo:
    'renames (it takes them for one that goes and one that comes), constraints without a name, CHECK constraints (by their name since Alembic 1.19), exclusion constraints and primary keys, values of enums, sequences, views, functions, triggers and policies, server defaults unless env.py says compare_server_default, and types before Alembic 1.12 unless it says compare_type',
  concerns: (path, text) => path.endsWith('.py') && aboutTables.test(text),
  call: (project, answer) => {
    const called = call(project, [file]);
    if ('missing' in called) return called;
    return {
      ...called,
      env: { ...called.env, MIGRATION_GATE_ANSWER: answer },
      files: { ...called.files, [within(called.directory, file)]: program },
    };
  },
});
