export const count = "jobCount";
export const size: string = 5;
