export const informationSchemaFunction = (..._: unknown[]) => undefined;
