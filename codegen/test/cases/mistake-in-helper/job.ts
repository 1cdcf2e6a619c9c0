export interface Job {
  id: string;
  queue: string;
}
