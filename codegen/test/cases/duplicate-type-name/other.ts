export interface Job {
  id: string;
  other: true;
}

export interface Map {
  id: string;
}
