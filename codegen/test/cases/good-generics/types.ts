export interface Payload {
  size: number;
}

export interface Box<T> {
  id: string;
  value: T;
  next?: Box<T>;
}

export default interface Unnamed {
  id: string;
}
