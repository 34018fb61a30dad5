// What a build may use. The compiler puts the values of the build in the place of these; asc then drops the branches
// that cannot be taken, and with them the imports that only they need.

/** Whether host functions beyond the nine documented ones may be imported. */
export const EXTENSIONS: bool = true;

/** Whether `log` prints. */
export const LOGS: bool = true;
