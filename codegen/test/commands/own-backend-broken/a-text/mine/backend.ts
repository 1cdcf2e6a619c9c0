export default "mine";
