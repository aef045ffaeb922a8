export const show = async (): Promise<never> => {
  throw new Error("x");
};
export const showGrants = show;
