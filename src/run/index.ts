export { type ApplyFailure, applyMigrations, prepareBookkeeping } from './apply.ts';
export { notObserved } from './not-observed.ts';
export { resolveRelation } from './resolve.ts';
export { openSession, type Session } from './session.ts';
export { type Traced, type TraceInput, traceMigrations } from './trace-migrations.ts';
