namespace Attune.Codecs;

/// <summary>A map of the plane: x' = XX·x + XY·y + X0, y' = YX·x + YY·y + Y0, in pixels.</summary>
internal readonly record struct AffineMap(double XX, double XY, double X0, double YX, double YY, double Y0)
{
    public static AffineMap Identity => new(1, 0, 0, 0, 1, 0);
}
