/** How many signatures of any kind this process made and checked since it began, all its actors together; its metrics show them. */
export const signatureCounts = { made: 0, checked: 0 }
