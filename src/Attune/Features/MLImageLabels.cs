namespace Attune;

/// <summary>Where the labels of a folder of images stand.</summary>
public enum MLImageLabels
{
    /// <summary>In the names of sub-folders if one of them holds an image, otherwise in the names of the files. The
    /// default.</summary>
    Automatic = 0,

    /// <summary>Each sub-folder holds the images of one label and has its name.</summary>
    SubFolders = 1,

    /// <summary>Each file is named by its label, an underscore and anything without one: <c>cat_12.png</c>.</summary>
    FileNames = 2,

    /// <summary>There are none: the images are only predicted with.</summary>
    None = 3,
}
