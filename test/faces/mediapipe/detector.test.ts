import { describe } from '@jest/globals';
import { createMediapipeDetector } from '../../../src/faces/mediapipe/detector.ts';
import { detectorContract } from '../../contract/detector.ts';

describe('mediapipe', () => detectorContract(() => createMediapipeDetector()));
