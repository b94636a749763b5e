import type { Call, ModelCheck, NotInstalled, Project } from '../command-adapter.ts';
import { within } from '../reading/directories.ts';

/** Beside manage.py. */
const module = 'migration_gate_models';

/**
 * What `makemigrations --check` does, with each operation told apart, no question asked, nothing written and no database
 * needed. Applications outside of the project's folder (installed packages) are others' to migrate.
 */
const program = `import json
import os

from django.apps import apps
from django.conf import settings
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import MigrationQuestioner
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import OperationWriter
from django.db.models import NOT_PROVIDED


class NoQuestions(MigrationQuestioner):
    def ask_not_null_addition(self, field_name, model_name):
        return NOT_PROVIDED

    def ask_not_null_alteration(self, field_name, model_name):
        return NOT_PROVIDED


def is_own(label):
    here = os.path.realpath(os.getcwd())
    return os.path.realpath(apps.get_app_config(label).path).startswith(here + os.sep)


def code_of(operation):
    # What it was asked for is no default.
    if hasattr(operation, "preserve_default"):
        operation.preserve_default = True
    try:
        return OperationWriter(operation, indentation=0).serialize()[0].strip().rstrip(",")
    except Exception:
        return ""


loader = MigrationLoader(None, ignore_no_migrations=True)
detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps), NoQuestions(dry_run=True))
found = []
for label, migrations in detector.changes(graph=loader.graph).items():
    if not is_own(label):
        continue
    for migration in migrations:
        for operation in migration.operations:
            kind = type(operation).__name__
            found.append(
                {
                    "where": label,
                    "says": str(operation.describe()),
                    "code": code_of(operation),
                    "lacking": kind in ("CreateModel", "AddField", "RenameField", "RenameModel"),
                }
            )

not_checked = []
others = [
    alias
    for alias, options in settings.DATABASES.items()
    if alias != "default" and not options.get("TEST", {}).get("MIRROR")
]
if others:
    routed = "DATABASE_ROUTERS say what belongs there" if settings.DATABASE_ROUTERS else "no router is set"
    not_checked.append(
        "Django's other databases (" + ", ".join(others) + "): only default is migrated here, and what "
        "\`manage.py migrate --database\` does there is not seen; " + routed + "."
    )
elif settings.DATABASE_ROUTERS:
    not_checked.append(
        "What Django's DATABASE_ROUTERS keep from the default database: migrations of it are recorded and do nothing."
    )

with open(os.environ["MIGRATION_GATE_ANSWER"], "w") as answer:
    json.dump({"declares": True, "changes": found, "notChecked": not_checked}, answer)
`;

/** Words of files that say what models and applications there are. */
const aboutModels =
  /\b(?:models?|INSTALLED_APPS|DATABASES|DATABASE_ROUTERS|MIGRATION_MODULES|DEFAULT_AUTO_FIELD)\b/;

/**
 * @param call how manage.py is called with arguments
 */
export const djangoModels = (
  call: (project: Project, args: readonly string[]) => Call | NotInstalled,
): ModelCheck => ({
  asked: 'python manage.py makemigrations --check --dry-run',
  makes: 'python manage.py makemigrations',
  needsDatabase: false,
  blindTo: null,
  concerns: (path, text) => path.endsWith('.py') && aboutModels.test(text),
  call: (project, answer) => {
    const called = call(project, ['shell', '-c', `import ${module}`]);
    if ('missing' in called) return called;
    return {
      ...called,
      env: { ...called.env, MIGRATION_GATE_ANSWER: answer },
      files: { ...called.files, [within(called.directory, `${module}.py`)]: program },
    };
  },
});
