/** Postgres majors that the tests run on: `MIGRATION_GATE_TEST_MAJORS=15,16,17,18`; 17 when not said. */
export const majors: number[] = (process.env.MIGRATION_GATE_TEST_MAJORS ?? '17').split(',').map((word) => {
  const major = Number(word.trim());
  if (!Number.isInteger(major) || major < 10) {
    throw new Error(`MIGRATION_GATE_TEST_MAJORS: ${JSON.stringify(word)} is no Postgres major`);
  }
  return major;
});
