// The people of the demo world, of tests and of screenshots. None of them is real, and no address of theirs can get mail
// (RFC 2606 keeps .test for that). Nothing of the server is imported here: pages and tests read it too.
const people = {
  amara: {
    id: '0dec0de0-0000-4000-8000-000000000001',
    name: 'Amara Osei',
    email: 'amara.osei@vivavoce.test',
    zone: 'Europe/London',
    says: 'A candidate who rehearses for her exam.',
  },
  jonas: {
    id: '0dec0de0-0000-4000-8000-000000000002',
    name: 'Jonas Lindqvist',
    email: 'jonas.lindqvist@vivavoce.test',
    zone: 'Europe/Stockholm',
    says: 'An actor who plays patients.',
  },
  priya: {
    id: '0dec0de0-0000-4000-8000-000000000003',
    name: 'Priya Raman',
    email: 'priya.raman@vivavoce.test',
    zone: 'Asia/Kolkata',
    says: 'A mentor in Kochi, free most evenings.',
  },
  mateo: {
    id: '0dec0de0-0000-4000-8000-000000000004',
    name: 'Mateo Quiroga',
    email: 'mateo.quiroga@vivavoce.test',
    zone: 'America/Bogota',
    says: 'A mentee in Bogotá, half a world away.',
  },
  leila: {
    id: '0dec0de0-0000-4000-8000-000000000005',
    name: 'Leila Haddad',
    email: 'leila.haddad@vivavoce.test',
    zone: 'Europe/London',
    says: 'A doctor whose papers were checked.',
  },
  tomasz: {
    id: '0dec0de0-0000-4000-8000-000000000006',
    name: 'Tomasz Zieliński',
    email: 'tomasz.zielinski@vivavoce.test',
    zone: 'Europe/Warsaw',
    says: 'A doctor whom nobody has verified yet.',
  },
  daniel: {
    id: '0dec0de0-0000-4000-8000-000000000007',
    name: 'Daniel Whitlock',
    email: 'daniel.whitlock@vivavoce.test',
    zone: 'Europe/London',
    says: 'A patient who writes down his readings.',
  },
  mei: {
    id: '0dec0de0-0000-4000-8000-000000000008',
    name: 'Mei Ling Chua',
    email: 'mei.ling.chua@vivavoce.test',
    zone: 'Asia/Singapore',
    says: 'A patient far away from her family.',
  },
  ifeoma: {
    id: '0dec0de0-0000-4000-8000-000000000009',
    name: 'Ifeoma Brandt',
    email: 'ifeoma.brandt@vivavoce.test',
    zone: 'Europe/Berlin',
    says: 'An applicant with an interview ahead.',
  },
  ruth: {
    id: '0dec0de0-0000-4000-8000-00000000000a',
    name: 'Ruth Abernathy',
    email: 'ruth.abernathy@vivavoce.test',
    zone: 'Europe/London',
    says: 'The administrator of this demo world.',
  },
  robin: {
    id: '0dec0de0-0000-4000-8000-00000000000b',
    name: 'Robin Vance',
    email: 'robin.vance@vivavoce.test',
    zone: 'America/Toronto',
    says: 'A stranger who belongs to nothing yet.',
  },
  hana: {
    id: '0dec0de0-0000-4000-8000-00000000000c',
    name: 'Hana Novotná',
    email: 'hana.novotna@vivavoce.test',
    zone: 'Europe/Prague',
    says: 'A candidate who has blocked somebody.',
  },
} satisfies Record<string, Character>

export type Character = { id: string; name: string; email: string; zone: string; says: string }

export type Cast = Record<keyof typeof people, Character>

/** By first name: `cast.amara`. */
export const cast: Cast = people

/** In the order in which they are shown. */
export const everybody: readonly Character[] = Object.values(cast)
