import { constants } from 'node:fs';
import { chmod, copyFile, open } from 'node:fs/promises';
import { messageOf } from '../../errors.ts';

/** A process of its own: copies the file named first to the one named second, for its owner's eyes only, down to the disk. */
const [from = '', to = ''] = process.argv.slice(2);
try {
  await copyFile(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
  await chmod(to, 0o600);
  const file = await open(to, 'r+');
  await file.sync();
  await file.close();
} catch (error) {
  process.stderr.write(messageOf(error));
  process.exitCode = 1;
}
