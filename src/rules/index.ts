import { addColumnConstrainedDomain } from './columns/add-column-constrained-domain.ts';
import { addColumnGeneratedStored } from './columns/add-column-generated-stored.ts';
import { addColumnIdentity } from './columns/add-column-identity.ts';
import { addColumnInlineCheck } from './columns/add-column-inline-check.ts';
import { addColumnInlineFk } from './columns/add-column-inline-fk.ts';
import { addColumnInlineUnique } from './columns/add-column-inline-unique.ts';
import { addColumnJson } from './columns/add-column-json.ts';
import { addColumnNotNullThenDropDefault } from './columns/add-column-not-null-then-drop-default.ts';
import { addColumnRequired } from './columns/add-column-required.ts';
import { addColumnSerial } from './columns/add-column-serial.ts';
import { addColumnVolatileDefault } from './columns/add-column-volatile-default.ts';
import { addNotNullConstraintValid } from './columns/add-not-null-constraint-valid.ts';
import { alterColumnTypeIndexRebuild } from './columns/alter-column-type-index-rebuild.ts';
import { alterColumnTypeNarrowing } from './columns/alter-column-type-narrowing.ts';
import { alterColumnTypeRechecksConstraints } from './columns/alter-column-type-rechecks-constraints.ts';
import { alterColumnTypeRewrite } from './columns/alter-column-type-rewrite.ts';
import { alterColumnTypeViewDependency } from './columns/alter-column-type-view-dependency.ts';
import { alterDefaultVolatileExisting } from './columns/alter-default-volatile-existing.ts';
import { dropColumn } from './columns/drop-column.ts';
import { dropNotNull } from './columns/drop-not-null.ts';
import { renameColumn } from './columns/rename-column.ts';
import { setNotNull } from './columns/set-not-null.ts';
import { unusedAllow } from './comments/unused-allow.ts';
import { gateWeakened } from './configuration/gate-weakened.ts';
import { addCheckValid } from './constraints/add-check-valid.ts';
import { addExclusionConstraint } from './constraints/add-exclusion-constraint.ts';
import { addForeignKeyBothTablesLock } from './constraints/add-foreign-key-both-tables-lock.ts';
import { addForeignKeyValid } from './constraints/add-foreign-key-valid.ts';
import { addPrimaryKey } from './constraints/add-primary-key.ts';
import { addUniqueConstraint } from './constraints/add-unique-constraint.ts';
import { addUniqueOnExisting } from './constraints/add-unique-on-existing.ts';
import { constraintUnnamed } from './constraints/constraint-unnamed.ts';
import { dropConstraint } from './constraints/drop-constraint.ts';
import { dropPrimaryKey } from './constraints/drop-primary-key.ts';
import { fkMissingIndex } from './constraints/fk-missing-index.ts';
import { fkTypeMismatch } from './constraints/fk-type-mismatch.ts';
import { notValidAndValidateSameTxn } from './constraints/not-valid-and-validate-same-txn.ts';
import { notValidNeverValidated } from './constraints/not-valid-never-validated.ts';
import { primaryKeyUsingNullableIndex } from './constraints/primary-key-using-nullable-index.ts';
import { validateConstraint } from './constraints/validate-constraint.ts';
import { cascadeForeignKey } from './conventions/cascade-foreign-key.ts';
import { charType } from './conventions/char-type.ts';
import { createExtension } from './conventions/create-extension.ts';
import { createRule } from './conventions/create-rule.ts';
import { deferrableForeignKey } from './conventions/deferrable-foreign-key.ts';
import { discouragedType } from './conventions/discouraged-type.ts';
import { domainCreateWithConstraint } from './conventions/domain-create-with-constraint.ts';
import { enumType } from './conventions/enum-type.ts';
import { enumValuePosition } from './conventions/enum-value-position.ts';
import { explicitOnDelete } from './conventions/explicit-on-delete.ts';
import { grantToPublic } from './conventions/grant-to-public.ts';
import { identifierTooLong } from './conventions/identifier-too-long.ts';
import { intSequence } from './conventions/int-sequence.ts';
import { missingIfExists } from './conventions/missing-if-exists.ts';
import { namingSnakeCase } from './conventions/naming-snake-case.ts';
import { notEnforcedConstraint } from './conventions/not-enforced-constraint.ts';
import { numericWithoutScale } from './conventions/numeric-without-scale.ts';
import { preferBigint } from './conventions/prefer-bigint.ts';
import { preferIdentity } from './conventions/prefer-identity.ts';
import { preferText } from './conventions/prefer-text.ts';
import { preferTimestamptz } from './conventions/prefer-timestamptz.ts';
import { requirePrimaryKey } from './conventions/require-primary-key.ts';
import { requireSchema } from './conventions/require-schema.ts';
import { securityDefinerSearchPath } from './conventions/security-definer-search-path.ts';
import { tableInheritance } from './conventions/table-inheritance.ts';
import { unloggedTable } from './conventions/unlogged-table.ts';
import { volatileCheck } from './conventions/volatile-check.ts';
import { commitInTransaction } from './failures/commit-in-transaction.ts';
import { concurrentlyInTransaction } from './failures/concurrently-in-transaction.ts';
import { migrationFails } from './failures/migration-fails.ts';
import { syntaxError } from './failures/syntax-error.ts';
import { toolRefusesFile } from './failures/tool-refuses-file.ts';
import { functionVolatilityChange } from './functions/function-volatility-change.ts';
import { triggerFunctionDropped } from './functions/trigger-function-dropped.ts';
import { ambiguousOrder } from './history/ambiguous-order.ts';
import { declaredSchemaDiffers } from './history/declared-schema-differs.ts';
import { deletedAppliedMigration } from './history/deleted-applied-migration.ts';
import { deploysWithoutMigrations } from './history/deploys-without-migrations.ts';
import { duplicateVersion } from './history/duplicate-version.ts';
import { editedAppliedMigration } from './history/edited-applied-migration.ts';
import { historyHygiene } from './history/history-hygiene.ts';
import { migratesAtBoot } from './history/migrates-at-boot.ts';
import { migrationNeverRuns } from './history/migration-never-runs.ts';
import { modelDrift } from './history/model-drift.ts';
import { multipleHeads } from './history/multiple-heads.ts';
import { outOfOrderMigration } from './history/out-of-order-migration.ts';
import { renamedAppliedMigration } from './history/renamed-applied-migration.ts';
import { squashedHistory } from './history/squashed-history.ts';
import { unreleasedMigrationChanged } from './history/unreleased-migration-changed.ts';
import { concurrentlyInvalidIndexRetry } from './indexes/concurrently-invalid-index-retry.ts';
import { createIndexAfterExclusiveLock } from './indexes/create-index-after-exclusive-lock.ts';
import { createIndexBlocking } from './indexes/create-index-blocking.ts';
import { createIndexPartitionedParent } from './indexes/create-index-partitioned-parent.ts';
import { dropIndexBackingConstraint } from './indexes/drop-index-backing-constraint.ts';
import { dropIndexBlocking } from './indexes/drop-index-blocking.ts';
import { indexUnnamed } from './indexes/index-unnamed.ts';
import { redundantIndex } from './indexes/redundant-index.ts';
import { reindexBlocking } from './indexes/reindex-blocking.ts';
import { replaceIndexDropFirst } from './indexes/replace-index-drop-first.ts';
import { wideIndex } from './indexes/wide-index.ts';
import { attachPartition } from './partitions/attach-partition.ts';
import { createPartitionOf } from './partitions/create-partition-of.ts';
import { detachPartitionBlocking } from './partitions/detach-partition-blocking.ts';
import { downFails } from './reversal/down-fails.ts';
import { downLeavesChanges } from './reversal/down-leaves-changes.ts';
import { downLosesData } from './reversal/down-loses-data.ts';
import { downNotRepeatable } from './reversal/down-not-repeatable.ts';
import { irreversibleWithoutDown } from './reversal/irreversible-without-down.ts';
import { notIdempotent } from './reversal/not-idempotent.ts';
import { rerunFails } from './reversal/rerun-fails.ts';
import type { Rule, Severity } from './rule.ts';
import { dropCascade } from './schemas/drop-cascade.ts';
import { dropDatabase } from './schemas/drop-database.ts';
import { dropSchema } from './schemas/drop-schema.ts';
import { dropTablespace } from './schemas/drop-tablespace.ts';
import { renameSchema } from './schemas/rename-schema.ts';
import { setSchema } from './schemas/set-schema.ts';
import { autovacuumDisabled } from './tables/autovacuum-disabled.ts';
import { blockingScan } from './tables/blocking-scan.ts';
import { changeColumnDefault } from './tables/change-column-default.ts';
import { createTableAsSelect } from './tables/create-table-as-select.ts';
import { createThenRewrite } from './tables/create-then-rewrite.ts';
import { createTrigger } from './tables/create-trigger.ts';
import { doBlockOrDynamicSqlOpaque } from './tables/do-block-or-dynamic-sql-opaque.ts';
import { dropTable } from './tables/drop-table.ts';
import { dropTrigger } from './tables/drop-trigger.ts';
import { enableDisableTrigger } from './tables/enable-disable-trigger.ts';
import { lockTableExplicit } from './tables/lock-table-explicit.ts';
import { refreshMatviewBlocking } from './tables/refresh-matview-blocking.ts';
import { renameConstraint } from './tables/rename-constraint.ts';
import { renameIndex } from './tables/rename-index.ts';
import { renameTable } from './tables/rename-table.ts';
import { rewriteSetAccessMethod } from './tables/rewrite-set-access-method.ts';
import { rewriteSetLogged } from './tables/rewrite-set-logged.ts';
import { rlsWithoutPolicy } from './tables/rls-without-policy.ts';
import { setTablespace } from './tables/set-tablespace.ts';
import { tableRewrite } from './tables/table-rewrite.ts';
import { truncate } from './tables/truncate.ts';
import { truncateCascade } from './tables/truncate-cascade.ts';
import { updateDeleteWithoutWhere } from './tables/update-delete-without-where.ts';
import { vacuumFullOrCluster } from './tables/vacuum-full-or-cluster.ts';
import { batchesInOneTransaction } from './transactions/batches-in-one-transaction.ts';
import { ddlAndDmlMixed } from './transactions/ddl-and-dml-mixed.ts';
import { hotTableMultiTouch } from './transactions/hot-table-multi-touch.ts';
import { lockTimeoutAfterDdl } from './transactions/lock-timeout-after-ddl.ts';
import { lockTimeoutBreaksConcurrently } from './transactions/lock-timeout-breaks-concurrently.ts';
import { lockTimeoutTooLong } from './transactions/lock-timeout-too-long.ts';
import { lockTimeoutZero } from './transactions/lock-timeout-zero.ts';
import { missingLockTimeout } from './transactions/missing-lock-timeout.ts';
import { missingStatementTimeout } from './transactions/missing-statement-timeout.ts';
import { multiTableLockWindow } from './transactions/multi-table-lock-window.ts';
import { multipleAlterSameTable } from './transactions/multiple-alter-same-table.ts';
import { savepointSubtransactions } from './transactions/savepoint-subtransactions.ts';
import { setSessionLeaks } from './transactions/set-session-leaks.ts';
import { statementAfterAccessExclusive } from './transactions/statement-after-access-exclusive.ts';
import { transactionNesting } from './transactions/transaction-nesting.ts';
import { unclosedTransaction } from './transactions/unclosed-transaction.ts';
import { domainAddConstraint } from './types/domain-add-constraint.ts';
import { dropType } from './types/drop-type.ts';
import { enumValueUsedSameTxn } from './types/enum-value-used-same-txn.ts';
import { renameEnumValue } from './types/rename-enum-value.ts';
import { sequenceNotReset } from './types/sequence-not-reset.ts';
import { createMatviewWithData } from './views/create-matview-with-data.ts';
import { dropView } from './views/drop-view.ts';
import { renameView } from './views/rename-view.ts';

/** Every rule. The ones that catch what is left come after those that name a cause. */
export const rules: readonly Rule[] = [
  toolRefusesFile,
  syntaxError,
  concurrentlyInTransaction,
  commitInTransaction,
  enumValueUsedSameTxn,
  alterColumnTypeViewDependency,
  dropIndexBackingConstraint,
  migrationFails,
  editedAppliedMigration,
  deletedAppliedMigration,
  squashedHistory,
  declaredSchemaDiffers,
  modelDrift,
  deploysWithoutMigrations,
  migratesAtBoot,
  historyHygiene,
  unreleasedMigrationChanged,
  renamedAppliedMigration,
  outOfOrderMigration,
  duplicateVersion,
  migrationNeverRuns,
  multipleHeads,
  ambiguousOrder,
  addColumnRequired,
  addColumnVolatileDefault,
  addColumnGeneratedStored,
  addColumnSerial,
  addColumnIdentity,
  addColumnInlineCheck,
  addColumnInlineUnique,
  addColumnInlineFk,
  addColumnConstrainedDomain,
  addColumnNotNullThenDropDefault,
  addColumnJson,
  alterColumnTypeNarrowing,
  alterColumnTypeRewrite,
  alterColumnTypeIndexRebuild,
  alterColumnTypeRechecksConstraints,
  alterDefaultVolatileExisting,
  setNotNull,
  addNotNullConstraintValid,
  dropNotNull,
  dropColumn,
  renameColumn,
  addForeignKeyValid,
  addForeignKeyBothTablesLock,
  fkMissingIndex,
  fkTypeMismatch,
  addCheckValid,
  addUniqueConstraint,
  addUniqueOnExisting,
  addPrimaryKey,
  primaryKeyUsingNullableIndex,
  dropPrimaryKey,
  dropConstraint,
  addExclusionConstraint,
  notValidAndValidateSameTxn,
  validateConstraint,
  notValidNeverValidated,
  constraintUnnamed,
  createIndexBlocking,
  createIndexAfterExclusiveLock,
  createIndexPartitionedParent,
  concurrentlyInvalidIndexRetry,
  dropIndexBlocking,
  replaceIndexDropFirst,
  redundantIndex,
  wideIndex,
  indexUnnamed,
  reindexBlocking,
  domainAddConstraint,
  attachPartition,
  createPartitionOf,
  detachPartitionBlocking,
  dropTable,
  dropCascade,
  dropView,
  dropType,
  triggerFunctionDropped,
  functionVolatilityChange,
  dropSchema,
  dropDatabase,
  dropTablespace,
  renameTable,
  renameView,
  renameSchema,
  setSchema,
  renameEnumValue,
  renameConstraint,
  changeColumnDefault,
  truncate,
  truncateCascade,
  rewriteSetLogged,
  rewriteSetAccessMethod,
  setTablespace,
  dropTrigger,
  enableDisableTrigger,
  lockTableExplicit,
  rlsWithoutPolicy,
  autovacuumDisabled,
  refreshMatviewBlocking,
  createTableAsSelect,
  createMatviewWithData,
  vacuumFullOrCluster,
  ddlAndDmlMixed,
  statementAfterAccessExclusive,
  updateDeleteWithoutWhere,
  sequenceNotReset,
  lockTimeoutAfterDdl,
  lockTimeoutZero,
  lockTimeoutTooLong,
  lockTimeoutBreaksConcurrently,
  multiTableLockWindow,
  multipleAlterSameTable,
  hotTableMultiTouch,
  createThenRewrite,
  unclosedTransaction,
  transactionNesting,
  batchesInOneTransaction,
  savepointSubtransactions,
  setSessionLeaks,
  createTrigger,
  renameIndex,
  missingStatementTimeout,
  doBlockOrDynamicSqlOpaque,
  missingIfExists,
  domainCreateWithConstraint,
  volatileCheck,
  unloggedTable,
  createRule,
  tableInheritance,
  createExtension,
  grantToPublic,
  securityDefinerSearchPath,
  notEnforcedConstraint,
  cascadeForeignKey,
  deferrableForeignKey,
  explicitOnDelete,
  enumValuePosition,
  enumType,
  namingSnakeCase,
  requireSchema,
  identifierTooLong,
  requirePrimaryKey,
  intSequence,
  numericWithoutScale,
  discouragedType,
  charType,
  preferTimestamptz,
  preferText,
  preferIdentity,
  preferBigint,
  missingLockTimeout,
  downFails,
  downLeavesChanges,
  downNotRepeatable,
  downLosesData,
  irreversibleWithoutDown,
  rerunFails,
  notIdempotent,
  unusedAllow,
  gateWeakened,
  tableRewrite,
  blockingScan,
];

export const ruleNames: readonly string[] = rules.map(({ name }) => name);

/** Severity of every rule where no config sets one. */
export const ruleDefaults: Readonly<Record<string, Severity | 'off'>> = Object.fromEntries(
  rules.map((rule) => [rule.name, rule.byDefault === 'off' ? 'off' : rule.severity]),
);

export const ruleNamed = (name: string): Rule | undefined => rules.find((rule) => rule.name === name);
