import { limit } from './limits';
// import { x } from './limits';
