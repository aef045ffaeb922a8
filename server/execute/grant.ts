export const grant = async (): Promise<never> => {
  throw new Error("x");
};
export const revoke = grant;
