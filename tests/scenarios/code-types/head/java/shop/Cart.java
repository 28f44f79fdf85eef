package shop;

public class Cart {
    public String total() {
        return "0";
    }

    public void add(CharSequence name, long count) {
    }
}
