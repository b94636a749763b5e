import { UserError } from '../errors.ts';
