var a = 2;
