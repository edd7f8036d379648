// Outcomes of the NIST AI Risk Management Framework that identities of AI systems bear on.
import type { Framework } from '../framework'

export const aiRmf: Framework = {
  id: 'ai-rmf',
  title: 'NIST AI RMF',
  version: '1.0 (NIST AI 100-1)',
  publisher: 'NIST',
  licence: 'US public domain: quoted.',
  quotable: true,
  note: 'Those that identities of AI systems bear on. Rollcall does not tell which identities are those of AI systems: counts are about all that were seen.',
  controls: [
    {
      id: 'GOVERN 1',
      title:
        'Policies, processes, procedures, and practices across the organization related to the mapping, measuring, and managing of AI risks are in place, transparent, and implemented effectively.',
      group: 'Govern',
    },
    {
      id: 'GOVERN 1.6',
      title:
        'Mechanisms are in place to inventory AI systems and are resourced according to organizational risk priorities.',
      group: 'Govern',
    },
    {
      id: 'GOVERN 1.7',
      title:
        'Processes and procedures are in place for decommissioning and phasing out AI systems safely and in a manner that does not increase risks or decrease the organization’s trustworthiness.',
      group: 'Govern',
    },
    {
      id: 'GOVERN 2',
      title:
        'Accountability structures are in place so that the appropriate teams and individuals are empowered, responsible, and trained for mapping, measuring, and managing AI risks.',
      group: 'Govern',
    },
    {
      id: 'GOVERN 2.1',
      title:
        'Roles and responsibilities and lines of communication related to mapping, measuring, and managing AI risks are documented and are clear to individuals and teams throughout the organization.',
      group: 'Govern',
    },
    {
      id: 'GOVERN 3',
      title:
        'Workforce diversity, equity, inclusion, and accessibility processes are prioritized in the mapping, measuring, and managing of AI risks throughout the lifecycle.',
      group: 'Govern',
    },
    {
      id: 'GOVERN 3.2',
      title:
        'Policies and procedures are in place to define and differentiate roles and responsibilities for human-AI configurations and oversight of AI systems.',
      group: 'Govern',
    },
    {
      id: 'GOVERN 4',
      title: 'Organizational teams are committed to a culture that considers and communicates AI risk.',
      group: 'Govern',
    },
    {
      id: 'GOVERN 5',
      title: 'Processes are in place for robust engagement with relevant AI actors.',
      group: 'Govern',
    },
    {
      id: 'GOVERN 6',
      title:
        'Policies and procedures are in place to address AI risks and benefits arising from third-party software and data and other supply chain issues.',
      group: 'Govern',
    },
    {
      id: 'GOVERN 6.1',
      title:
        'Policies and procedures are in place that address AI risks associated with third-party entities, including risks of infringement of a third-party’s intellectual property or other rights.',
      group: 'Govern',
    },
    {
      id: 'GOVERN 6.2',
      title:
        'Contingency processes are in place to handle failures or incidents in third-party data or AI systems deemed to be high-risk.',
      group: 'Govern',
    },
    {
      id: 'MAP 2.2',
      title:
        'Information about the AI system’s knowledge limits and how system output may be utilized and overseen by humans is documented. Documentation provides sufficient information to assist relevant AI actors when making decisions and taking subsequent actions.',
      group: 'Map',
    },
    {
      id: 'MAP 3.5',
      title:
        'Processes for human oversight are defined, assessed, and documented in accordance with organizational policies from the GOVERN function.',
      group: 'Map',
    },
    {
      id: 'MAP 4.2',
      title:
        'Internal risk controls for components of the AI system, including third-party AI technologies, are identified and documented.',
      group: 'Map',
    },
    {
      id: 'MEASURE 2.4',
      title:
        'The functionality and behavior of the AI system and its components – as identified in the MAP function – are monitored when in production.',
      group: 'Measure',
    },
    {
      id: 'MEASURE 2.7',
      title:
        'AI system security and resilience – as identified in the MAP function – are evaluated and documented.',
      group: 'Measure',
    },
    {
      id: 'MEASURE 2.8',
      title:
        'Risks associated with transparency and accountability – as identified in the MAP function – are examined and documented.',
      group: 'Measure',
    },
    {
      id: 'MANAGE 2.4',
      title:
        'Mechanisms are in place and applied, and responsibilities are assigned and understood, to supersede, disengage, or deactivate AI systems that demonstrate performance or outcomes inconsistent with intended use.',
      group: 'Manage',
    },
    {
      id: 'MANAGE 3.1',
      title:
        'AI risks and benefits from third-party resources are regularly monitored, and risk controls are applied and documented.',
      group: 'Manage',
    },
    {
      id: 'MANAGE 4.1',
      title:
        'Post-deployment AI system monitoring plans are implemented, including mechanisms for capturing and evaluating input from users and other relevant AI actors, appeal and override, decommissioning, incident response, recovery, and change management.',
      group: 'Manage',
    },
  ],
}
