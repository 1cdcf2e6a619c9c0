export interface Message {
  id: string;
  timer: Pick<NodeJS.Timeout, "hasRef">;
}
