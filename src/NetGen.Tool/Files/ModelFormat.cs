namespace NetGen.Tool.Files;

internal enum ModelFormat
{
    Onnx,
    SafeTensors,
}
