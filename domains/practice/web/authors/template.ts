// What a new case begins as: every part that it has to have, in order. What is in it are questions, so that nothing of it is played.
export const template = `---
name: 
category: History taking
domain: history
level: foundation
formats: any
condition: 
also called: 
content note: 
author: 
version: 1
---

## Candidate brief

### Setting

Where are you, and when?

### You are

Who are you, and what do you know already?

### Your task

What is asked of you?

### Time

How long have you got?

## Actor brief

### Who you are

Name, age, what you do; how you sit and speak.

### Opening line

“What you say first.”

### Told freely

- What brings you: In your words.

### Only if asked

- How long: In your words.

### Feelings and cues

What you show, and what makes you say more.

### What you want

What you came for.

### What you resist

What you do not want, and why.

### Never volunteer

What you keep until somebody asks well.

## Checklist

- history, asks, 2: Asks what brings them <- What brings you
- history, asks: Asks how long <- How long
- safety, says, 2, critical: Says when to come back at once

## Markscheme

### What it is about

What it is, how one sees it, what one does.

### Scales

- communication: Throughout: what is good here. Hardly: what is not.

### Global rating

- Not safe yet: What would harm.
- There: What is enough.
- More than there: What one would remember.

### Safety-critical errors

- What must not happen.

### Learning points

- What to take home.

### Read

- NICE: The guideline’s title
`
