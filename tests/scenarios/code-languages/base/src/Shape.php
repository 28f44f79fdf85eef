<?php

class Shape
{
    public function area(int $width, int $height): int
    {
        return $width * $height;
    }
}
