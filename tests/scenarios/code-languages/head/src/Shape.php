<?php

class Shape
{
    public function area(int $width): int
    {
        return $width * $width;
    }
}
