#!/bin/sh
# Makes the images of this folder, and sums.txt: for each file the first 16 hexadecimal digits of the SHA-256 of its
# pixels as another decoder sees them, 8 bits per sample, gray or red, green and blue. Run with ImageMagick 6.9.11-60
# (Q16), djpeg and cjpeg of libjpeg-turbo 2.1.5 and netpbm 11.01. The pictures are made by the line below: nobody's work.
set -e
cd "$(dirname "$0")"
rm -f ./*.jpg ./*.bmp ./*.gif ./*.p?m
work=$(mktemp -d)
convert -seed 3 -size 67x45 plasma:red-blue -attenuate 0.25 +noise Gaussian -depth 8 "$work/s.ppm"
convert "$work/s.ppm" -colorspace Gray -depth 8 "$work/s.pgm"
printf '0;\n1;\n2;\n' > "$work/scans"
s=$work/s.ppm g=$work/s.pgm

jpeg() { name=$1; shift; cjpeg "$@" > "$name.jpg" 2> /dev/null; }
jpeg baseline-420 -quality 75 "$s"
jpeg baseline-422 -sample 2x1 "$s"
jpeg baseline-440 -sample 1x2 "$s"
jpeg baseline-444 -sample 1x1 "$s"
jpeg baseline-411 -sample 4x1 "$s"
jpeg baseline-410 -sample 4x2 "$s"
jpeg baseline-1x4 -sample 1x4 "$s"
jpeg baseline-2x2-2x1-1x2 -sample 2x2,2x1,1x2 "$s"
jpeg baseline-1x1-2x2-1x1 -sample 1x1,2x2,1x1 "$s"
jpeg baseline-optimized -optimize -quality 90 "$s"
jpeg baseline-one-channel-a-scan -scans "$work/scans" "$s"
jpeg baseline-rgb -rgb "$s"
jpeg baseline-restart-row -restart 1 "$s"
jpeg baseline-restart-3 -restart 3B "$s"
jpeg baseline-gray "$g"
jpeg baseline-gray-2x2 -sample 2x2 "$g"
jpeg extended-quality-5 -quality 5 "$s"
jpeg quality-100 -quality 100 -sample 1x1 "$s"
jpeg progressive-420 -progressive "$s"
jpeg progressive-422 -progressive -sample 2x1 -quality 90 "$s"
jpeg progressive-444 -progressive -sample 1x1 -quality 95 "$s"
jpeg progressive-gray -progressive "$g"
jpeg progressive-restart -progressive -restart 1 "$s"
for size in 1x1 2x2 3x5 8x8 9x16 17x1 1x17; do
  convert "$s" -crop "$size+20+9" +repage "$work/part.ppm"
  jpeg "size-$size" "$work/part.ppm"
done
# Damaged: as much is shown as djpeg shows.
jpeg whole "$s"
head -c 1000 whole.jpg > cut-baseline.jpg
jpeg whole -progressive "$s"
head -c 1150 whole.jpg > cut-progressive.jpg
jpeg whole -restart 1B "$s"
perl -0777 -pe 's/\xFF\xD2//' whole.jpg > damaged-restart-lost.jpg
perl -0777 -pe 's/(\xFF\xD1.*?)(\xFF\xD2)/$1$1$2/s' whole.jpg > damaged-restart-twice.jpg
perl -0777 -pe 's/(\xFF\xD3..).../$1\x55\x55\x55/s' whole.jpg > damaged-bits.jpg
rm whole.jpg
convert "$s" -colorspace CMYK -quality 90 ycck.jpg
# The byte behind Adobe's flags says how inks are coded: 2 as YCCK, 0 as they are.
perl -0777 -pe 's/(Adobe.{6})\x02/$1\x00/s' ycck.jpg > cmyk.jpg

convert "$s" -colors 200 -type Palette BMP3:palette-8.bmp
convert "$s" -colors 16 -type Palette BMP3:palette-4.bmp
convert "$s" -monochrome BMP3:palette-1.bmp
convert "$s" -colors 200 -type Palette -compress RLE BMP3:runs-8.bmp
convert "$s" BMP2:os2-24.bmp
convert "$s" BMP3:plain-24.bmp
convert "$s" -flip -alpha set -channel A -evaluate set 100% alpha-32.bmp
convert "$s" -colors 256 plain.gif
convert "$s" -colors 64 -interlace GIF interlaced.gif
convert "$s" -monochrome two-colours.gif
cp "$s" bytes.ppm
pnmtoplainpnm "$s" > text.ppm
pnmtoplainpnm "$g" > text.pgm
convert "$s" -monochrome bits.pbm
pnmtoplainpnm bits.pbm > text.pbm
convert "$s" -depth 16 -evaluate add 0.3% deep.ppm
pamtopam < "$s" > colour.pam

for file in *.jpg *.bmp *.gif *.p?m; do
  case $file in
    *.jpg) djpeg -pnm "$file" 2> /dev/null ;;
    *.pgm | *.pbm) pgmtopgm < "$file" | pamdepth 255 ;;
    *.p?m) pamtopnm < "$file" | pamdepth 255 ;;
    *) convert "$file" -depth 8 ppm:- ;;
  esac | perl -0777 -pe 's/^P[56]\n\d+ \d+\n255\n//' | sha256sum | cut -c 1-16 | sed "s/^/$file /"
done > sums.txt
cjpeg -arithmetic "$s" > x-arithmetic.jpg
rm -r "$work"
