import { createLocalQueue } from '../../src/jobs/queue.ts';
import { queueContract } from '../contract/queue.ts';

queueContract('the local queue', createLocalQueue);
