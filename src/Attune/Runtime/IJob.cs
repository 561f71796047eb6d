namespace Attune.Runtime;

/// <summary>
/// Work cut into numbered chunks. Implemented by small structs that hold pointers or arrays, so that handing one to
/// <see cref="Workers"/> allocates nothing. Chunks run in any order and at the same time: each writes what no other
/// chunk reads or writes.
/// </summary>
internal interface IJob
{
    void Run(int chunk);
}
