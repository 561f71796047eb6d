namespace Attune.Tests.Codecs;

/// <summary>
/// What the files of PngSuite hold, according to another decoder: for each file the first 16 hexadecimal digits of the
/// SHA-256 of its pixels, red, green, blue and alpha with 8 bits each. ImageMagick 6.9.11 (Q16) read them with 16 bits,
/// and they were rounded from there:
/// <code>
/// for f in [!x]*.png; do
///   echo "${f%.png} $(convert $f -set colorspace sRGB -depth 16 -endian MSB rgba:- | python3 -c '
/// import hashlib, struct, sys
/// samples = struct.iter_unpack("&gt;H", sys.stdin.buffer.read())
/// print(hashlib.sha256(bytes((s * 255 + 32767) // 65535 for s, in samples)).hexdigest()[:16])')"
/// done
/// </code>
/// </summary>
internal static class PngSuite
{
    private const string Table = """
        PngSuite fb2975f11bf0ffd5  basi0g01 661985e83f94a569  basi0g02 166bd68377b119b5  basi0g04 b05a4bc8e7079c8a
        basi0g08 982faa277e83f73c  basi0g16 f17fa71e5e62a73b  basi2c08 23a53c674ec50d5a  basi2c16 a9dff6085fe81eea
        basi3p01 614996feb597f62b  basi3p02 a383497791948d8b  basi3p04 a7abc212cf1a44c8  basi3p08 b1c3302eceae6738
        basi4a08 76b94a71d3c183a3  basi4a16 e071c0ea344f34b0  basi6a08 2eb6a2cb3166e9c1  basi6a16 3daad02ebc3eb868
        basn0g01 661985e83f94a569  basn0g02 166bd68377b119b5  basn0g04 b05a4bc8e7079c8a  basn0g08 982faa277e83f73c
        basn0g16 f17fa71e5e62a73b  basn2c08 23a53c674ec50d5a  basn2c16 a9dff6085fe81eea  basn3p01 614996feb597f62b
        basn3p02 a383497791948d8b  basn3p04 a7abc212cf1a44c8  basn3p08 b1c3302eceae6738  basn4a08 76b94a71d3c183a3
        basn4a16 e071c0ea344f34b0  basn6a08 2eb6a2cb3166e9c1  basn6a16 3daad02ebc3eb868  bgai4a08 76b94a71d3c183a3
        bgai4a16 e071c0ea344f34b0  bgan6a08 2eb6a2cb3166e9c1  bgan6a16 3daad02ebc3eb868  bgbn4a08 76b94a71d3c183a3
        bggn4a16 e071c0ea344f34b0  bgwn6a08 2eb6a2cb3166e9c1  bgyn6a16 3daad02ebc3eb868  ccwn2c08 bc422fa9f11c0315
        ccwn3p08 f5ce30c914c5711c  cdfn2c08 815fb59caaab5ef5  cdhn2c08 388f8a4723dea946  cdsn2c08 8b5fc5314d220ab7
        cdun2c08 9da678559f83e900  ch1n3p04 a7abc212cf1a44c8  ch2n3p08 b1c3302eceae6738  cm0n0g04 8c96f73081edd12a
        cm7n0g04 8c96f73081edd12a  cm9n0g04 8c96f73081edd12a  cs3n2c16 65efd3f83c0a3545  cs3n3p08 07a07fc7df3a9106
        cs5n2c08 800210fbc8d405a3  cs5n3p08 800210fbc8d405a3  cs8n2c08 cff1a5bc26fcf09c  cs8n3p08 cff1a5bc26fcf09c
        ct0n0g04 8c96f73081edd12a  ct1n0g04 8c96f73081edd12a  cten0g04 32afeec673e42a3c  ctfn0g04 1f52aa2bbc3f8748
        ctgn0g04 81836a3be909468b  cthn0g04 94872eef156163ec  ctjn0g04 a6bf95f7cfab1cf7  ctzn0g04 8c96f73081edd12a
        f00n0g08 2eb1702c9180b677  f00n2c08 3018fcbef930279c  f01n0g08 868c9fbd8731be65  f01n2c08 731b37d789db8012
        f02n0g08 d2db1dddb835474f  f02n2c08 c3d32f80e0f95fab  f03n0g08 17564083371d8316  f03n2c08 7e0d024ebfc4481c
        f04n0g08 6e3b8f42dd187413  f04n2c08 c13eeb551ab25b0e  f99n0g04 f91ed72018b9f172  g03n0g16 74f9b82c16404990
        g03n2c08 a00ab529a405d73e  g03n3p04 8be999b17057966b  g04n0g16 faa7f9b4194e7c0b  g04n2c08 44dc1f3da1c0914d
        g04n3p04 da72a13be8b61012  g05n0g16 959325d5578783bd  g05n2c08 bb790622927bd3d7  g05n3p04 0b7a436c2219986b
        g07n0g16 f3ab7e17e8e16399  g07n2c08 5f4dad8d889f2893  g07n3p04 e6ca27d388f8f960  g10n0g16 e08e946a882f3055
        g10n2c08 a4f3db3f0a619fe3  g10n3p04 5907a065c5958cd8  g25n0g16 fd383dbece98c7fe  g25n2c08 246692cd887c6d0d
        g25n3p04 c9470418388abae5  oi1n0g16 f17fa71e5e62a73b  oi1n2c16 a9dff6085fe81eea  oi2n0g16 f17fa71e5e62a73b
        oi2n2c16 a9dff6085fe81eea  oi4n0g16 f17fa71e5e62a73b  oi4n2c16 a9dff6085fe81eea  oi9n0g16 f17fa71e5e62a73b
        oi9n2c16 a9dff6085fe81eea  pp0n2c16 a9dff6085fe81eea  pp0n6a08 1acf3e2efa38d117  ps1n0g08 982faa277e83f73c
        ps1n2c16 a9dff6085fe81eea  ps2n0g08 982faa277e83f73c  ps2n2c16 a9dff6085fe81eea  s01i3p01 b7d1b3a1104cc86b
        s01n3p01 b7d1b3a1104cc86b  s02i3p01 08274fcbf16434ef  s02n3p01 08274fcbf16434ef  s03i3p01 96e10f0e04a32971
        s03n3p01 96e10f0e04a32971  s04i3p01 81aa0cf71b99f217  s04n3p01 81aa0cf71b99f217  s05i3p02 45c8a7d20ee39578
        s05n3p02 45c8a7d20ee39578  s06i3p02 b2fdc763255f71b7  s06n3p02 b2fdc763255f71b7  s07i3p02 718ccf8019aea657
        s07n3p02 718ccf8019aea657  s08i3p02 09e756bf48fa50eb  s08n3p02 09e756bf48fa50eb  s09i3p02 6ec2074e36de7915
        s09n3p02 6ec2074e36de7915  s32i3p04 abdd1328123792f4  s32n3p04 abdd1328123792f4  s33i3p04 8a0c1de07c37eb77
        s33n3p04 8a0c1de07c37eb77  s34i3p04 69c45969982b3a65  s34n3p04 69c45969982b3a65  s35i3p04 052dbe580106ed33
        s35n3p04 052dbe580106ed33  s36i3p04 e87205a17e1531cc  s36n3p04 e87205a17e1531cc  s37i3p04 fc8e983c728f51d6
        s37n3p04 fc8e983c728f51d6  s38i3p04 5ac74b3b3fd55acf  s38n3p04 5ac74b3b3fd55acf  s39i3p04 594defde21b6f462
        s39n3p04 594defde21b6f462  s40i3p04 4b2d90414a70b0a7  s40n3p04 4b2d90414a70b0a7  tbbn0g04 1c36e9d46fe44582
        tbbn2c16 053eb9d28b7ac85c  tbbn3p08 444403e441924fcd  tbgn2c16 053eb9d28b7ac85c  tbgn3p08 444403e441924fcd
        tbrn2c08 053eb9d28b7ac85c  tbwn0g16 09955bf2743754d1  tbwn3p08 444403e441924fcd  tbyn3p08 444403e441924fcd
        tm3n3p02 9d08928c6d9fefdd  tp0n0g08 6930bf323b5f045b  tp0n2c08 13421e1c169afaeb  tp0n3p08 fcfd3c6af7fcfc3f
        tp1n3p08 444403e441924fcd  z00n2c08 a9dff6085fe81eea  z03n2c08 a9dff6085fe81eea  z06n2c08 a9dff6085fe81eea
        z09n2c08 a9dff6085fe81eea
        """;

    public static IEnumerable<(string Name, string Sum)> Sums() =>
        from line in Table.Split('\n')
        from entry in line.Split("  ", StringSplitOptions.RemoveEmptyEntries)
        select (entry.Split(' ')[0], entry.Split(' ')[1]);
}
