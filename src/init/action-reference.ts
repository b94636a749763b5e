/** How workflows name the action where nobody says which copy and which release: both words are to be replaced. */
export const actionReference = 'OWNER/migration-gate@REF';
