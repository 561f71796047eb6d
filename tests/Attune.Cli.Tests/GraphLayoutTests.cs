using Attune.Cli.Inspection;

namespace Attune.Cli.Tests;

/// <summary>Places of boxes of 200 and gaps of 20.</summary>
public sealed class GraphLayoutTests
{
    private readonly GraphLayout layout = new(boxWidth: 200, gap: 20);

    [Fact]
    public void A_chain_stands_in_one_column()
    {
        Place first = layout.Add([]), second = layout.Add([first]), third = layout.Add([second]);

        layout.Arrange();

        Assert.Equal([0, 1, 2], new[] { first, second, third }.Select(place => place.Row));
        Assert.All([first, second, third], place => Assert.Equal(100, place.X));
        Assert.Equal(200, layout.Width);
    }

    [Fact]
    public void Branches_stand_beside_each_other_and_meet_in_the_middle()
    {
        Place top = layout.Add([]), left = layout.Add([top]), right = layout.Add([top]);
        Place sum = layout.Add([left, right]);

        layout.Arrange();

        Assert.Equal((100, 320), (left.X, right.X));
        Assert.Equal((210, 210), (top.X, sum.X));
        Assert.Equal(420, layout.Width);
    }

    [Fact]
    public void A_line_past_a_row_has_a_gap_there_beside_the_box()
    {
        Place top = layout.Add([]), between = layout.Add([top]);
        Place sum = layout.Add([top, between]);

        layout.Arrange();

        Place gap = Assert.Single(layout.Rows[1], place => place.IsGap);
        Assert.Equal([gap, between], sum.From);
        // Half a box, half a gap, and the space between neighbours.
        Assert.Equal(100 + 10 + 20, Math.Abs(gap.X - between.X));
    }

    [Fact]
    public void Boxes_below_stand_in_the_order_of_those_above()
    {
        Place left = layout.Add([]), right = layout.Add([]);
        Place belowRight = layout.Add([right]), belowLeft = layout.Add([left]);

        layout.Arrange();

        Assert.Equal((left.X, right.X), (belowLeft.X, belowRight.X));
    }

    [Fact]
    public void Lines_past_more_rows_than_anybody_looks_at_are_given_up()
    {
        List<Place> places = [layout.Add([])];
        for (int i = 0; i < 300; i++)
            places.Add(layout.Add([.. places]));

        Assert.True(layout.IsTooLarge);
        Assert.True(layout.Rows.Sum(row => row.Count) < 21_000);
    }
}
