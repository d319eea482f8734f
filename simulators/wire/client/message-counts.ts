/** How many requests this process sent to other actors since it began, all its actors together; its metrics show them. */
export const messageCounts = { sent: 0 }
