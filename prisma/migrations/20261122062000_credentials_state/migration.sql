-- Whether every place that can hold credentials of the identity was once seen whole: without that, none means not looked.
ALTER TABLE "posture" ADD COLUMN     "credentials_state" TEXT NOT NULL DEFAULT 'unknown';
