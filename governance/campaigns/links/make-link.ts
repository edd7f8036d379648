export async function makeLink(campaignId: string, personId: string, now: Date): Promise<string> {
  return campaignId + personId + now.toISOString()
}
