export const orders = "orders";
