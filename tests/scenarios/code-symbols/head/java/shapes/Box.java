package shapes;

public class Box {
    public static final int SIDES = 6;

    public int volume() {
        return 2;
    }

    void open() {
    }
}
