export const money = "money";
