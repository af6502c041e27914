/** What the process ends with whose picture cannot be read: nothing that Node ends with by itself. */
export const unreadable = 40
