export const describe = async (): Promise<never> => {
  throw new Error("x");
};
