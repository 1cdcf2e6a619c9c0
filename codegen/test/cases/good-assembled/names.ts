export const name = "assembled";
