export const name = "jobs";
