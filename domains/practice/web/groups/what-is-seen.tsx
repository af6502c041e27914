/** What somebody agrees to who joins: said before, and as long as they are in. */
export const WhatIsSeen = ({ teacher }: { teacher: string }) => (
  <ul className="what-is-seen">
    <li>{teacher} sees your name, and whether and when you practised the cases assigned here, from the day you joined.</li>
    <li>{teacher} does not see your marks, or what was written about you, unless you share a result.</li>
    <li>The others in the group see your name.</li>
    <li>You can leave at any time.</li>
  </ul>
)
