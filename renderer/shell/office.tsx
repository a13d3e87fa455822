import { createContext, useContext } from 'react';
import type { Overview } from '../../electron/core/api/jobs-contract.ts';
import type { Member, Pipeline, Stage } from '../records.ts';

/** The office as every part of the desk needs it: who is here, and which stages there are. */
export const OfficeContext = createContext<Overview | null>(null);

export function useOffice(): Overview {
  const office = useContext(OfficeContext);
  if (office === null) throw new Error('This component stands outside of the desk.');
  return office;
}

export function stageIn(pipeline: Pipeline | undefined, stageId: string | null): Stage | undefined {
  return pipeline?.stages.find((stage) => stage.id === stageId);
}

export function pipelineIn(office: Overview, pipelineId: string | null): Pipeline | undefined {
  return office.pipelines.find((pipeline) => pipeline.id === pipelineId);
}

export function memberIn(office: Overview, memberId: string | null): Member | undefined {
  return office.members.find((member) => member.id === memberId);
}
