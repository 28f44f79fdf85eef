import { limit } from './limits';

export const client = limit(1);
