export interface Job {
  id: string;
  createdAt: number;
}
